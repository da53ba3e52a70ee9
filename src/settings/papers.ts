import type { Paper } from './declaration.ts';

export const arxiv = (id: string): string => `https://arxiv.org/abs/${id}`;

/** Papers that several settings come from. */
export const sgdr: Paper = { name: 'Loshchilov & Hutter: SGDR', address: arxiv('1608.03983') };
export const snapshotEnsembles: Paper = { name: 'Huang et al.: Snapshot Ensembles', address: arxiv('1704.00109') };
export const adam: Paper = { name: 'Kingma & Ba: Adam', address: arxiv('1412.6980') };
export const decoupledWeightDecay: Paper = {
  name: 'Loshchilov & Hutter: Decoupled Weight Decay',
  address: arxiv('1711.05101'),
};
export const ulmfit: Paper = {
  name: 'Howard & Ruder: Universal Language Model Fine-tuning',
  address: arxiv('1801.06146'),
};
