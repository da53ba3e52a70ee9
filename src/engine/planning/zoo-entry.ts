import type { Dataset } from '../../protocol/dataset.ts';
import type { ErrorData } from '../../base/errors.ts';
import { cost } from '../../models/cost.ts';
import { architectures, buildNet } from '../../models/index.ts';
import { cutAt } from '../../models/rewrites.ts';
import type { ZooEntry } from '../../protocol/zoo-entry.ts';
import type { ZooListing } from '../../zoo/index.ts';
import type { Speeds } from './speeds.ts';

/** What a choice of backbone depends on. */
export interface FitPictures {
  readonly pictures: number;
  /** Median shorter side, pixels. */
  readonly shortSide: number;
}

/** What a person sees of a backbone; where its file lies is the engine's own. */
export function zooEntry(listing: ZooListing, speeds: Speeds, fit: FitPictures | null): ZooEntry {
  const { name, architecture, licence, source, top1, inputSize, parameters, installed } = listing;
  const { title, bytes, embedded, paper, layerGroups } = listing;
  const facts = { name, title, architecture, licence, source, top1, inputSize, parameters, installed, bytes, embedded };
  const speed = speedOf(listing, speeds);
  return { ...facts, paper, layerGroups, speed, suitability: fit && suitabilityOf(listing, speed, fit) };
}

/** Pictures a second through the frozen network; null where nothing was measured on this machine. */
function speedOf({ architecture, inputSize }: ZooListing, speeds: Speeds): ZooEntry['speed'] {
  const speed = speeds.of({ kind: 'forward', subject: `${architecture}@${inputSize}` });
  if (!speed || !architectures.has(architecture)) return null;
  return { picturesPerSecond: speed.perSecond / trunkMultiplyAdds(architecture, inputSize), measured: speed.direct };
}

const counted = new Map<string, number>();

function trunkMultiplyAdds(architecture: string, inputSize: number): number {
  const key = `${architecture}@${inputSize}`;
  const spec = buildNet(architecture);
  const value = counted.get(key) ?? cost(cutAt(spec, spec.feature), inputSize).multiplyAdds;
  counted.set(key, value);
  return value;
}

/** A frozen network sees every picture once; above this that alone tries one's patience, far above it nobody waits. */
const slowSeconds = 10 * 60;
const tooSlowSeconds = 2 * 3600;
/** Enlarging so much leaves nothing for the network to see; it was trained on pictures that were shrunk. */
const muchEnlarged = 4;
/** Parameters for each picture above which only few layers should be tuned. */
const manyParametersAPicture = 20_000;

/** The worst of what speaks against it; good where nothing does. */
function suitabilityOf(
  { inputSize, parameters }: ZooListing,
  speed: ZooEntry['speed'],
  { pictures, shortSide }: FitPictures,
): NonNullable<ZooEntry['suitability']> {
  const because = (word: 'good' | 'works' | 'poor', code: string, params: ErrorData['params'] = {}) => ({
    word,
    reason: { code, params },
  });
  const seconds = speed ? pictures / speed.picturesPerSecond : 0;
  const slow = { picturesPerSecond: speed?.picturesPerSecond ?? 0, seconds };
  const enlarged = { side: shortSide, inputSize };
  if (seconds > tooSlowSeconds) return because('poor', 'zoo.fitSlow', slow);
  if (shortSide > 0 && inputSize / shortSide > muchEnlarged) return because('poor', 'zoo.fitSmallPictures', enlarged);
  if (seconds > slowSeconds) return because('works', 'zoo.fitSlow', slow);
  if (pictures > 0 && parameters !== null && parameters / pictures > manyParametersAPicture)
    return because('works', 'zoo.fitLarge', { parameters, pictures });
  if (shortSide > 0 && shortSide < inputSize) return because('works', 'zoo.fitSmallPictures', enlarged);
  if (!speed) return because('good', 'zoo.fitPlain');
  return because('good', 'zoo.fitGood', { picturesPerSecond: speed.picturesPerSecond });
}

export function fitPictures({ pictures }: Dataset): FitPictures {
  const sides = Float64Array.from(pictures, ({ width, height }) => Math.min(width, height)).sort();
  return { pictures: pictures.length, shortSide: sides[Math.floor(sides.length / 2)] ?? 0 };
}
