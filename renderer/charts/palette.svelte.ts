/** Names of the colours in tokens.css that charts paint with on canvas. */
type ColourName = string;

/**
 * Colours of the theme as strings for a canvas, and the size of text. Reading inside an effect or a `$derived` follows the
 * theme, the text size and forced colours.
 */
class Palette {
  #version = $state(0);
  #colours = new Map<string, string>();

  constructor() {
    const renew = (): void => {
      this.#colours.clear();
      this.#version++;
    };
    new MutationObserver(renew).observe(document.documentElement, {
      attributes: true,
      attributeFilter: ['data-theme', 'style'],
    });
    matchMedia('(forced-colors: active)').addEventListener('change', renew);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', renew);
  }

  /** Changes with the theme: what was painted has to be painted again. */
  get version(): number {
    return this.#version;
  }

  /** `name` as in tokens.css, without the dashes: 's3', 'text2', 'heat-0'. */
  colour(name: ColourName): string {
    void this.#version;
    const cached = this.#colours.get(name);
    if (cached !== undefined) return cached;
    const colour = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
    this.#colours.set(name, colour);
    return colour;
  }

  /** Pixels of text that tokens.css calls `rems` root sizes high. */
  textSize(rems: number): number {
    void this.#version;
    return rems * parseFloat(getComputedStyle(document.documentElement).fontSize);
  }

  /** A canvas font: size in root sizes, in whole pixels (uPlot reads no others). */
  font(rems: number, weight = 400): string {
    return `${weight} ${Math.round(this.textSize(rems))}px ${getComputedStyle(document.body).fontFamily}`;
  }
}

export const palette = new Palette();

/** Root size of `small`. */
export const smallText = 0.8571;
