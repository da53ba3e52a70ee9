import type { NetSpec } from '../models/net-spec.ts';
import { parametersToHost } from '../nn/load-parameters.ts';
import type { Tensor } from '../tensor/tf.ts';
import { float32Tensor, type HostTensor } from '../weights/host-tensor.ts';

/** Parameters in torch's layout, as files hold them; `names` limits them. */
export function hostParameters(
  spec: NetSpec,
  params: Readonly<Record<string, Tensor>>,
  names: Iterable<string> = Object.keys(params),
): Record<string, HostTensor> {
  const wanted = Object.fromEntries([...names].map((name) => [name, params[name]!]));
  return Object.fromEntries(
    Object.entries(parametersToHost(spec, wanted)).map(([name, { shape, data }]) => [
      name,
      float32Tensor(shape, Float32Array.from(data)),
    ]),
  );
}
