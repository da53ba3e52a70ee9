/** Where each architecture was described, by the beginning of its name. */
const papers: readonly (readonly [prefix: string, paper: string])[] = [
  ['tf_efficientnet', 'Tan & Le 2019, arXiv 1905.11946'],
  ['mobilenet_v2', 'Sandler et al. 2018, arXiv 1801.04381'],
  ['squeezenet', 'Iandola et al. 2016, arXiv 1602.07360'],
  ['resnet', 'He et al. 2015, arXiv 1512.03385'],
];

/** The paper that describes an architecture, to be cited; null for one that none does. */
export function paperOf(architecture: string): string | null {
  return papers.find(([prefix]) => architecture.startsWith(prefix))?.[1] ?? null;
}
