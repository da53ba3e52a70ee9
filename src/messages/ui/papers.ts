/** Where a setting comes from: what the "?" of its field names and links to. */
export interface Paper {
  /** Authors and title, in the paper's own language. */
  readonly name: string;
  readonly address: string;
}

const arxiv = (id: string): string => `https://arxiv.org/abs/${id}`;

const sgdr = { name: 'Loshchilov & Hutter: SGDR', address: arxiv('1608.03983') };
const snapshots = { name: 'Huang et al.: Snapshot Ensembles', address: arxiv('1704.00109') };
const adam = { name: 'Kingma & Ba: Adam', address: arxiv('1412.6980') };
const decoupled = { name: 'Loshchilov & Hutter: Decoupled Weight Decay', address: arxiv('1711.05101') };
const ulmfit = { name: 'Howard & Ruder: Universal Language Model Fine-tuning', address: arxiv('1801.06146') };

export const papers: Readonly<Partial<Record<string, Paper>>> = {
  'data.batchSize': { name: 'Smith et al.: Increase the Batch Size', address: arxiv('1711.00489') },
  'model.dropout': { name: 'Hinton et al.: Preventing Co-adaptation', address: arxiv('1207.0580') },
  'augment.cropMinScale': { name: 'Szegedy et al.: Going Deeper with Convolutions', address: arxiv('1409.4842') },
  'tune.layerDecay': ulmfit,
  'tune.gradualUnfreezing': ulmfit,
  'tune.headStart': { name: 'Kumar et al.: Fine-Tuning can Distort Features', address: arxiv('2202.10054') },
  'tune.normMode': { name: 'Ioffe & Szegedy: Batch Normalization', address: arxiv('1502.03167') },
  'optimizer.name': decoupled,
  'optimizer.weightDecay': decoupled,
  'optimizer.beta1': adam,
  'optimizer.beta2': adam,
  'optimizer.epsilon': adam,
  'optimizer.clipNorm': { name: 'Pascanu et al.: Training Recurrent Networks', address: arxiv('1211.5063') },
  'loss.labelSmoothing': { name: 'Szegedy et al.: Rethinking Inception', address: arxiv('1512.00567') },
  'schedule.name': sgdr,
  'schedule.cycleEpochs': sgdr,
  'schedule.cycleMultiplier': sgdr,
  'schedule.numCycles': snapshots,
  'schedule.warmupEpochs': { name: 'Goyal et al.: Large Minibatch SGD', address: arxiv('1706.02677') },
  'ensemble.snapshots': snapshots,
  'ensemble.start': { name: 'Sadrtdinov et al.: To Stay or Not to Stay', address: arxiv('2303.03374') },
  'ensemble.selection': {
    name: 'Caruana et al.: Ensemble Selection',
    address: 'https://doi.org/10.1145/1015330.1015432',
  },
};
