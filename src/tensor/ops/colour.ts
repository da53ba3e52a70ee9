import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { attr, nativeBackend } from '../native.ts';

/**
 * Hue, saturation and value of every pixel, all in 0 to 1. images: float32 [B, H, W, 3], red, green, blue, 0 to 1.
 * No gradient.
 */
export function rgbToHsv(images: Tensor4D): Tensor4D {
  const backend = nativeBackend();
  if (backend) return backend.executeSingleOutput('RGBToHSV', [attr.float32], [images]) as Tensor4D;
  const [red, green, blue] = tf.split(images, 3, 3) as [Tensor4D, Tensor4D, Tensor4D];
  const value = tf.maximum(red, tf.maximum(green, blue));
  const range = tf.sub(value, tf.minimum(red, tf.minimum(green, blue)));
  const zero = tf.zerosLike(range);
  const safe = tf.where(tf.greater(range, 0), range, tf.onesLike(range));
  const sector = (left: Tensor4D, right: Tensor4D, offset: number): Tensor4D =>
    tf.add(tf.div(tf.sub(left, right), tf.mul(safe, 6)), offset);
  const last = tf.where(tf.equal(value, green), sector(blue, red, 2 / 6), sector(red, green, 4 / 6));
  const hue = tf.where(tf.equal(value, red), sector(green, blue, 0), last);
  const wrapped = tf.where(tf.less(hue, 0), tf.add(hue, 1), hue);
  const saturation = tf.where(tf.greater(value, 0), tf.div(range, tf.maximum(value, 1e-30)), zero);
  return tf.concat([tf.where(tf.greater(range, 0), wrapped, zero), saturation, value] as Tensor4D[], 3);
}

/** The inverse of rgbToHsv. No gradient. */
export function hsvToRgb(images: Tensor4D): Tensor4D {
  const backend = nativeBackend();
  if (backend) return backend.executeSingleOutput('HSVToRGB', [attr.float32], [images]) as Tensor4D;
  const [hue, saturation, value] = tf.split(images, 3, 3) as [Tensor4D, Tensor4D, Tensor4D];
  const turn = tf.mul(hue, 6);
  const ramp = (tensor: Tensor4D): Tensor4D => tf.clipByValue(tensor, 0, 1);
  const red = ramp(tf.sub(tf.abs(tf.sub(turn, 3)), 1));
  const green = ramp(tf.sub(2, tf.abs(tf.sub(turn, 2))));
  const blue = ramp(tf.sub(2, tf.abs(tf.sub(turn, 4))));
  const mix = (channel: Tensor4D): Tensor4D => tf.mul(value, tf.add(tf.mul(saturation, tf.sub(channel, 1)), 1));
  return tf.concat([mix(red), mix(green), mix(blue)], 3);
}

/** Turns every picture's hue by its own share of a full turn. images: float32 [B, H, W, 3], 0 to 1; turns: float32 [B, 1, 1, 1]. No gradient. */
export function adjustHue(images: Tensor4D, turns: Tensor4D): Tensor4D {
  const hsv = rgbToHsv(images);
  const hue = tf.slice(hsv, [0, 0, 0, 0], [-1, -1, -1, 1]);
  const turned = tf.add(hue, turns);
  return hsvToRgb(tf.concat([tf.sub(turned, tf.floor(turned)), tf.slice(hsv, [0, 0, 0, 1], [-1, -1, -1, 2])], 3));
}
