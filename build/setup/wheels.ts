/** TensorFlow's release whose C library the add-on is built against. */
export const TENSORFLOW_VERSION = '2.15.1';

/**
 * A wheel of the Python package registry that holds TensorFlow's C library and headers. The names differ by platform: elsewhere
 * `tensorflow-cpu` or `tensorflow` is a shell of two kilobytes that depends on another package.
 */
export interface Wheel {
  readonly project: string;
  /** What pip calls the platform. */
  readonly platform: string;
  readonly sha256: string;
  readonly megabytes: number;
  /** Files inside `tensorflow/` of the wheel that the add-on loads. */
  readonly libraries: readonly string[];
}

const linuxLibraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];
const macLibraries = ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'];

/** By `${process.platform}-${process.arch}`. Windows' wheel has no C library. */
export const wheels: Readonly<Record<string, Wheel>> = {
  'linux-x64': {
    project: 'tensorflow-cpu',
    platform: 'manylinux2014_x86_64',
    sha256: '54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26',
    megabytes: 207,
    libraries: linuxLibraries,
  },
  'linux-arm64': {
    project: 'tensorflow-cpu-aws',
    platform: 'manylinux2014_aarch64',
    sha256: 'd4c3a3a9363bf42999adedbbd514e3a133be2d62f61fee9cfa46aaefb087c09e',
    megabytes: 212,
    libraries: linuxLibraries,
  },
  'darwin-arm64': {
    project: 'tensorflow',
    platform: 'macosx_12_0_arm64',
    sha256: 'aa926114d1e13ffe5b2ea59c3f195216f26646d7fe36e9e5207b291e4b7902ff',
    megabytes: 206,
    libraries: macLibraries,
  },
  'darwin-x64': {
    project: 'tensorflow-cpu',
    platform: 'macosx_10_15_x86_64',
    sha256: 'ee3bb114c6031d471d891c761e7eda2c80bea19bb318abcd3d5bab92ccfaf9aa',
    megabytes: 236,
    libraries: macLibraries,
  },
};
