import type { Language } from '../../base/language.ts';

/** How figures are written, in one place; see the table "figure | format" of the window's design. All pure. */

const thin = '\u202f'; // narrow no-break space
const noBreak = '\u00a0';

export interface Formats {
  /** 0.96 → '96.0 %'. */
  accuracy(fraction: number): string;
  /** '91.5–98.2 %'. */
  interval(low: number, high: number): string;
  /** A difference of fractions as '+1.3' or '−0.7'; no unit. */
  signed(fraction: number): string;
  /** '0.184', under 0.001 '2e-4'. */
  loss(value: number): string;
  /** '3e-4', '0.05'. */
  rate(value: number): string;
  /** '1,000'. */
  count(value: number): string;
  /** '4.65 M', '90 k'. */
  parameters(value: number): string;
  /** '18.6 MB' (10⁶). */
  bytes(value: number): string;
  /** '12 ms', '8.4 ms'. */
  milliseconds(value: number): string;
  /** A number with as many decimals as asked. */
  decimal(value: number, digits: number): string;
  /** 'less than a minute', 'about 4 min', 'about 2 h 10 min'. */
  about(seconds: number): string;
  /** '12:04', '1:02:09'. */
  elapsed(seconds: number): string;
  /** 'today 14:02', '23 Nov'. `at`, `now`: milliseconds since 1970. */
  moment(at: number, now: number): string;
  /** '14:02:11'. */
  clock(at: number): string;
}

const words = {
  en: {
    units: ['B', 'kB', 'MB', 'GB', 'TB'],
    thousand: 'k',
    million: 'M',
    ms: 'ms',
    lessThanMinute: 'less than a minute',
    about: (time: string) => `about ${time}`,
    minutes: 'min',
    hours: 'h',
    today: 'today',
    yesterday: 'yesterday',
  },
  ru: {
    units: ['Б', 'кБ', 'МБ', 'ГБ', 'ТБ'],
    thousand: 'тыс.',
    million: 'млн',
    ms: 'мс',
    lessThanMinute: 'меньше минуты',
    about: (time: string) => `около ${time}`,
    minutes: 'мин',
    hours: 'ч',
    today: 'сегодня',
    yesterday: 'вчера',
  },
} as const;

export function formatsOf(language: Language): Formats {
  const w = words[language];
  const decimal = (value: number, digits: number): string =>
    new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits })
      .format(Math.abs(value) < 0.5 * 10 ** -digits ? 0 : value)
      .replace('-', '−');
  const percent = (fraction: number): string => decimal(100 * fraction, 1);
  const scientific = (value: number): string => {
    const [mantissa, exponent] = value.toExponential(2).split('e');
    return `${mantissa!.replace(/\.?0+$/, '').replace('.', language === 'ru' ? ',' : '.')}e${Number(exponent)}`;
  };
  const significant = (value: number): string =>
    new Intl.NumberFormat(language, { maximumSignificantDigits: 3 }).format(value);
  const two = (value: number): string => String(value).padStart(2, '0');
  return {
    accuracy: (fraction) => `${percent(fraction)}${thin}%`,
    interval: (low, high) => `${percent(low)}–${percent(high)}${thin}%`,
    signed: (fraction) => (fraction < -0.0005 ? percent(fraction) : `+${percent(Math.abs(fraction))}`),
    loss: (value) => (value !== 0 && Math.abs(value) < 0.001 ? scientific(value) : decimal(value, 3)),
    rate: (value) => (value !== 0 && Math.abs(value) < 0.01 ? scientific(value) : significant(value)),
    count: (value) => new Intl.NumberFormat(language).format(value),
    parameters: (value) => {
      if (value < 1000) return String(value);
      const [scaled, unit] = value < 1e6 ? [value / 1e3, w.thousand] : [value / 1e6, w.million];
      return `${significant(scaled)}${noBreak}${unit}`;
    },
    bytes: (value) => {
      let unit = 0;
      let scaled = value;
      while (scaled >= 999.95 && unit < w.units.length - 1) {
        scaled /= 1000;
        unit++;
      }
      return `${unit === 0 ? scaled : decimal(scaled, 1)}${noBreak}${w.units[unit]}`;
    },
    milliseconds: (value) => `${decimal(value, value < 10 ? 1 : 0)}${noBreak}${w.ms}`,
    decimal,
    about: (seconds) => {
      const minutes = Math.round(seconds / 60);
      if (minutes < 1) return w.lessThanMinute;
      if (minutes < 60) return w.about(`${minutes}${noBreak}${w.minutes}`);
      // Minutes of an estimate of hours pretend too much.
      const rounded = Math.round(minutes / 10) * 10;
      const rest = rounded % 60;
      const hours = `${Math.floor(rounded / 60)}${noBreak}${w.hours}`;
      return w.about(rest === 0 ? hours : `${hours} ${rest}${noBreak}${w.minutes}`);
    },
    elapsed: (seconds) => {
      const whole = Math.floor(seconds);
      const hours = Math.floor(whole / 3600);
      const minutes = Math.floor(whole / 60) % 60;
      return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
    },
    moment: (at, now) => {
      const date = new Date(at);
      const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
      if (date.toDateString() === new Date(now).toDateString()) return `${w.today} ${time}`;
      if (date.toDateString() === new Date(now - 86_400_000).toDateString()) return `${w.yesterday} ${time}`;
      const sameYear = date.getFullYear() === new Date(now).getFullYear();
      return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
        day: 'numeric',
        month: 'short',
        ...(sameYear ? {} : { year: 'numeric' }),
      }).format(date);
    },
    clock: (at) => {
      const date = new Date(at);
      return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
    },
  };
}

/** A phrase for a number: `plural('en', 3, { one: 'picture', other: 'pictures' })`; Russian has one, few, many. */
export function plural(
  language: Language,
  value: number,
  forms: Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string },
): string {
  return forms[new Intl.PluralRules(language).select(value)] ?? forms.other;
}
