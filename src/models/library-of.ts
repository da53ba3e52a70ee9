import type { PythonNetwork } from '../protocol/formats/export-format.ts';

/** The Python library that builds this architecture with our parameters' names, whatever the number of classes. */
export function libraryOf(architecture: string): PythonNetwork['library'] {
  if (architecture.startsWith('tf_efficientnet')) return 'timm';
  return /^(mobilenet_v2|resnet18|resnet34|resnet50)$/.test(architecture) ? 'torchvision' : null;
}
