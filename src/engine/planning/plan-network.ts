import { sizeOf } from '../../base/size-of.ts';
import { AnnealError } from '../../base/errors.ts';
import { freezeToOf } from '../../models/freeze-to.ts';
import { architectureNamed } from '../../models/index.ts';
import { fineTuneInputSize, headInputSize } from '../../models/input-size.ts';
import { lrScales } from '../../models/lr-scales.ts';
import type { NetSpec } from '../../models/net-spec.ts';
import { outputShapes } from '../../models/shapes.ts';
import { paramsOfNode } from '../../models/spec-queries.ts';
import { untrainedPreprocessing, untrainedSpec } from '../../models/trained-spec.ts';
import type { Preprocessing } from '../../protocol/preprocessing.ts';
import type { TrainConfig } from '../../settings/train-config.ts';
import type { LayerGroupPlan } from '../../protocol/train-plan.ts';
import { unknownModel, type ZooListing } from '../../zoo/index.ts';
import { knownSpec } from './known-specs.ts';
import type { PlanPictures } from './plan-pictures.ts';

/** The network that a configuration trains, at the sizes it would see pictures. */
export interface PlannedNetwork {
  /** Zoo name, or the architecture where training starts from random weights. */
  readonly name: string;
  readonly spec: NetSpec;
  /** Preprocessing at which heads are fitted and pictures first decoded. */
  readonly headPreprocessing: Preprocessing;
  /** Every backbone that is compared on features: more than one for 'auto'. */
  readonly compared: readonly ZooListing[];
  /** Why it cannot train yet: its weights are not on this machine. */
  readonly missing: AnnealError | null;
}

/**
 * 'auto' is planned with the backbone that came with the application, or the first that is here.
 * @throws zoo.unknownModel, models.unknownArchitecture, models.inputTooSmall
 */
export function planNetwork(
  config: TrainConfig,
  zoo: readonly ZooListing[],
  pictures: Pick<PlanPictures, 'classes' | 'shortSide'>,
): PlannedNetwork {
  const { shortSide } = pictures;
  const classes = Math.max(1, pictures.classes);
  const { backbone, pretrained, inputSize } = config.model;
  if (!pretrained) {
    architectureNamed(backbone);
    const preprocessing = untrainedPreprocessing(config);
    const spec = untrainedSpec(backbone, classes, preprocessing);
    outputShapes(spec);
    return { name: backbone, spec, headPreprocessing: preprocessing, compared: [], missing: null };
  }
  const { compared, missing } = chosenListings(backbone, zoo);
  const listing = compared.find(({ embedded }) => embedded) ?? compared[0]!;
  const { preprocessing } = listing;
  const headSize = headInputSize(config, listing);
  // Sizes of pictures are not known while a folder is first scanned.
  const tuningSize = shortSide > 0 ? fineTuneInputSize(preprocessing, [shortSide]) : preprocessing.inputSize;
  const size = config.tune.regime === 'head' ? headSize : (inputSize ?? tuningSize);
  const spec = knownSpec(listing, classes, size);
  outputShapes(spec);
  return { name: listing.name, spec, headPreprocessing: { ...preprocessing, inputSize: headSize }, compared, missing };
}

function chosenListings(backbone: string, zoo: readonly ZooListing[]): Pick<PlannedNetwork, 'compared' | 'missing'> {
  const installed = zoo.filter((listing) => listing.installed);
  if (backbone === 'auto') {
    if (installed.length > 0) return { compared: installed, missing: null };
    return { compared: zoo.slice(0, 1), missing: new AnnealError('engine.noBackbones', {}) };
  }
  const listing = zoo.find(({ name }) => name === backbone);
  if (!listing) throw unknownModel(backbone, zoo);
  const params = { name: backbone, pullable: listing.package !== null };
  return { compared: [listing], missing: listing.installed ? null : new AnnealError('zoo.notInstalled', params) };
}

/** Layer groups shallow to deep with what a run would do to each. @throws models.freezeOutOfRange, optim.groupScaleCount */
export function planLayerGroups(
  spec: NetSpec,
  tune: TrainConfig['tune'],
): { groups: LayerGroupPlan[]; freezeTo: number } {
  const freezeTo = freezeToOf(spec, tune);
  const scales = lrScales(spec, tune);
  const size = new Map(spec.params.filter(({ trains }) => trains).map(({ name, shape }) => [name, sizeOf(shape)]));
  const nodes = new Map(spec.nodes.map((node) => [node.name, node]));
  const groups = spec.groups.map((group, index): LayerGroupPlan => {
    const layers = group.nodes.map((name) => paramsOfNode(nodes.get(name)!)).filter((params) => params.length > 0);
    const frozen = index < freezeTo;
    return {
      name: group.name,
      layers: layers.length,
      parameters: layers.flat().reduce((sum, name) => sum + (size.get(name) ?? 0), 0),
      frozen,
      lrScale: frozen ? 0 : scales[index]!,
    };
  });
  return { groups, freezeTo };
}
