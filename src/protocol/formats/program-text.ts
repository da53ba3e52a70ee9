import type { PythonNetwork } from './export-format.ts';

/** Pieces of the programs that use an export. All pure. */

/** A list literal that Python and JavaScript both read, broken into lines of a readable length. */
export function listLiteral(labels: readonly string[]): string {
  const items = labels.map((label) => JSON.stringify(label));
  const whole = `[${items.join(', ')}]`;
  if (whole.length <= 96) return whole;
  const lines: string[] = [];
  let line = '';
  for (const item of items) {
    if (line !== '' && line.length + item.length > 92) {
      lines.push(line);
      line = '';
    }
    line += `${line === '' ? '  ' : ' '}${item},`;
  }
  return `[\n${[...lines, line].join('\n')}\n]`;
}

/** A word of a shell's command line. */
export const shellWord = (text: string): string =>
  /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** How Python builds the network; one that no library has stands for the reader's own module. */
export function pythonNetwork({ library, architecture }: PythonNetwork): {
  readonly imports: string;
  readonly call: string;
} {
  const classes = 'num_classes=len(labels)';
  switch (library) {
    case 'timm':
      return { imports: 'import timm', call: `timm.create_model("${architecture}", ${classes})` };
    case 'torchvision':
      return { imports: 'from torchvision import models', call: `models.${architecture}(${classes})` };
    case null: {
      const name = architecture.replace(/\W+/g, '_').replace(/^(?=\d)/, '_');
      return {
        imports: `from my_networks import ${name}  # your own module, with the names in the safetensors files`,
        call: `${name}(${classes})`,
      };
    }
  }
}

/**
 * How a picture becomes the square that the network sees, in Pillow's words: a function `read(path, p)` that gives uint8
 * [size, size, 3]; `p` is the preprocessing that stands beside the model.
 */
export const readPicture = `def read(path, p):
    picture = ImageOps.exif_transpose(Image.open(path)).convert("RGB")  # transparent pictures: lay them on white first
    size, short = p["inputSize"], min(picture.size)
    side = max(size, int(size / p["cropFraction"] + 0.5))
    width, height = (side if n == short else side * n // short for n in picture.size)
    picture = picture.resize((width, height), Image.Resampling[p["interpolation"].upper()])
    inner = round((side - size) / 2)
    left, top = round((width - side) / 2) + inner, round((height - side) / 2) + inner
    return np.asarray(picture.crop((left, top, left + size, top + size)))`;
