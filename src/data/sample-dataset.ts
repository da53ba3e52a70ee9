import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { randomStream, type RandomStream } from '../base/random.ts';
import { writeFileAtomic } from '../weights/atomic-file.ts';
import { defaultConcurrency, runPool } from './run-pool.ts';

export interface SampleDatasetOptions {
  readonly perClass?: number;
  readonly seed?: number;
  readonly onProgress?: (done: number, total: number) => void;
}

const side = 192;

/**
 * Draws a small dataset of our own, free to use: five kinds of things whose colour, size, place, turn and number are random,
 * before random gratings, clutter and noise, so that single pixels tell nothing. `folder/<class>/<number>.jpg`, the same for
 * equal seeds, in seconds.
 */
export async function drawSampleDataset(folder: string, options: SampleDatasetOptions = {}): Promise<void> {
  const { perClass = 48, seed = 0, onProgress } = options;
  const classes = Object.keys(motifs);
  for (const name of classes) await mkdir(join(folder, name), { recursive: true });
  let done = 0;
  await runPool(classes.length * perClass, defaultConcurrency, async (index) => {
    const name = classes[Math.floor(index / perClass)]!;
    const number = index % perClass;
    const picture = await drawPicture(motifs[name]!, randomStream(seed, 'sample', name, number));
    await writeFileAtomic(join(folder, name, `${String(number).padStart(3, '0')}.jpg`), picture);
    onProgress?.(++done, classes.length * perClass);
  });
}

type Motif = (random: RandomStream, colours: readonly string[]) => string;

async function drawPicture(motif: Motif, random: RandomStream): Promise<Buffer> {
  const clutter = Array.from({ length: 6 }, () => drawClutter(random)).join('');
  const things = Array.from({ length: 1 + random.integer(3) }, (_, i) => {
    const size = random.between(0.3, 0.55) / (1 + 0.3 * i);
    const [x, y] = [random.between(0.25, 0.75) * side, random.between(0.25, 0.75) * side];
    const turn = random.between(0, 360);
    const scale = (size * side) / 100;
    const body = motif(random, [colour(random), colour(random), colour(random)]);
    return `<g transform="translate(${x} ${y}) rotate(${turn}) scale(${scale} ${scale * random.between(0.8, 1.2)})">${body}</g>`;
  }).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">${clutter}${things}</svg>`;
  const background = { raw: { width: side, height: side, channels: 3 as const } };
  return sharp(drawBackground(random), background)
    .composite([{ input: Buffer.from(svg) }])
    .jpeg({ quality: 88 })
    .toBuffer();
}

/** uint8 [side, side, 3]: two gratings of random colour, direction and width, and noise. */
function drawBackground(random: RandomStream): Uint8Array {
  const pixels = new Uint8ClampedArray(side * side * 3);
  const base = [0, 1, 2].map(() => random.between(50, 205));
  const waves = [0, 1].map(() => {
    const angle = random.between(0, Math.PI);
    const frequency = (2 * Math.PI) / random.between(12, 160);
    const tint = [0, 1, 2].map(() => random.between(-35, 35));
    return {
      across: Math.cos(angle) * frequency,
      down: Math.sin(angle) * frequency,
      phase: random.between(0, 6),
      tint,
    };
  });
  const noise = random.between(4, 18);
  for (let i = 0, y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const heights = waves.map(({ across, down, phase }) => Math.sin(x * across + y * down + phase));
      const grain = (random.uniform() - 0.5) * 2 * noise;
      for (let c = 0; c < 3; c++)
        pixels[i++] = base[c]! + heights[0]! * waves[0]!.tint[c]! + heights[1]! * waves[1]!.tint[c]! + grain;
    }
  }
  return new Uint8Array(pixels.buffer);
}

function drawClutter(random: RandomStream): string {
  const at = () => random.between(0, side).toFixed(1);
  const paint = colour(random);
  const opacity = random.between(0.25, 0.6).toFixed(2);
  return random.uniform() < 0.5
    ? `<circle cx="${at()}" cy="${at()}" r="${random.between(3, 22)}" fill="${paint}" opacity="${opacity}"/>`
    : `<line x1="${at()}" y1="${at()}" x2="${at()}" y2="${at()}" stroke="${paint}" stroke-width="${random.between(1, 7)}" opacity="${opacity}"/>`;
}

const colour = (random: RandomStream) =>
  `hsl(${random.integer(360)}, ${40 + random.integer(55)}%, ${25 + random.integer(50)}%)`;

/** Drawn around the origin, about 100 units wide. */
const motifs: Record<string, Motif> = {
  fish: (random, [body, fin, eye]) =>
    `<path d="M-25 0 L-52 -22 L-46 0 L-52 22 Z M-8 -16 L10 -${30 + random.integer(10)} L16 -14 Z" fill="${fin}"/>` +
    `<ellipse rx="38" ry="${16 + random.integer(8)}" fill="${body}"/><circle cx="22" cy="-4" r="4" fill="white"/><circle cx="23" cy="-4" r="2" fill="black"/>` +
    [-12, -2, 8]
      .map((x) => `<path d="M${x} -12 Q${x + 7} 0 ${x} 12" stroke="${eye}" stroke-width="2" fill="none"/>`)
      .join(''),
  flower: (random, [petal, middle, edge]) => {
    const petals = 5 + random.integer(5);
    const ellipse = `<ellipse cy="-28" rx="${80 / petals}" ry="21" fill="${petal}" stroke="${edge}" stroke-width="1.5"`;
    const all = Array.from({ length: petals }, (_, i) => `${ellipse} transform="rotate(${(360 / petals) * i})"/>`).join(
      '',
    );
    return `${all}<circle r="${10 + random.integer(5)}" fill="${middle}"/>`;
  },
  ladder: (random, [rail, rung]) => {
    const rungs = 4 + random.integer(4);
    const bar = (i: number) =>
      `<line x1="-18" x2="18" y1="${-42 + (84 / rungs) * (i + 0.5)}" y2="${-42 + (84 / rungs) * (i + 0.5)}" stroke="${rung}" stroke-width="4"/>`;
    const sides = [-18, 18].map(
      (x) => `<line x1="${x}" x2="${x}" y1="-48" y2="48" stroke="${rail}" stroke-width="6"/>`,
    );
    return Array.from({ length: rungs }, (_, i) => bar(i)).join('') + sides.join('');
  },
  snail: (random, [shell, body, line]) => {
    const turns = 2 + random.uniform();
    const points = Array.from({ length: 60 }, (_, i) => {
      const [angle, radius] = [(turns * 2 * Math.PI * i) / 59, 3 + (24 * i) / 59];
      return `${(radius * Math.cos(angle)).toFixed(1)},${(radius * Math.sin(angle) - 6).toFixed(1)}`;
    });
    return (
      `<path d="M-42 26 Q-10 14 28 22 Q42 20 44 2 L50 4 Q50 30 34 32 L-42 32 Z" fill="${body}"/><path d="M45 4 L42 -10 M49 5 L52 -9" stroke="${body}" stroke-width="2.5"/>` +
      `<circle cy="-6" r="29" fill="${shell}"/><polyline points="${points.join(' ')}" fill="none" stroke="${line}" stroke-width="4"/>`
    );
  },
  star: (random, [fill, edge, core]) => {
    const tips = 5 + random.integer(3);
    const points = Array.from({ length: tips * 2 }, (_, i) => {
      const radius = i % 2 === 0 ? 46 : 18 + random.integer(4);
      return `${(radius * Math.sin((Math.PI * i) / tips)).toFixed(1)},${(-radius * Math.cos((Math.PI * i) / tips)).toFixed(1)}`;
    });
    return `<polygon points="${points.join(' ')}" fill="${fill}" stroke="${edge}" stroke-width="4" stroke-linejoin="round"/><circle r="7" fill="${core}"/>`;
  },
};
