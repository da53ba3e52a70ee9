import { describe, expect, it } from 'vitest';
import { parseHash } from '../../../../renderer/state/routes.ts';
import {
  pathsValue,
  pictureQuery,
  readPlace,
  whereValue,
  type PictureWhere,
} from '../../../../renderer/views/dataset/dataset-query.ts';

const placeOf = (hash: string) => readPlace(parseHash(hash)!);
const classes = ['daisy', 'rose & thorn'];

describe('the address of the dataset view', () => {
  it('names tab, class, filter and order, and means the default without them', () => {
    expect(placeOf('#/dataset/3')).toEqual({
      tab: 'pictures',
      className: null,
      filter: 'all',
      sort: 'name',
      picture: null,
      paths: null,
      where: null,
    });
    const place = placeOf('#/dataset/3?class=rose+%26+thorn&only=validation&sort=bytes&show=problems');
    expect(place).toMatchObject({ tab: 'problems', className: 'rose & thorn', filter: 'validation', sort: 'bytes' });
  });

  it('takes an unknown tab, filter or order for the default', () => {
    expect(placeOf('#/dataset/3?show=x&only=y&sort=z')).toMatchObject({ tab: 'pictures', filter: 'all', sort: 'name' });
  });

  it('names a figure of the statistics, and takes what names none for nothing', () => {
    const figures: PictureWhere[] = [
      { kind: 'range', of: 'aspect', from: 0.75, to: 1e-7 + 1 },
      { kind: 'format', format: 'jpeg-2000' },
      { kind: 'turned' },
      { kind: 'copies' },
    ];
    for (const where of figures) {
      const query = new URLSearchParams({ where: whereValue(where) });
      expect(placeOf(`#/dataset/3?${query}`).where).toEqual(where);
    }
    for (const value of ['bytes', 'bytes:1', 'bytes:a~b', 'size:1~2', 'format:'])
      expect(placeOf(`#/dataset/3?where=${value}`).where).toBeNull();
  });

  it('keeps a list of paths whole', () => {
    const paths = ['a/1 & 2.jpg', 'b/3.png'];
    const place = placeOf(`#/dataset/3?${new URLSearchParams({ paths: pathsValue(paths) })}`);
    expect(place.paths).toEqual(paths);
  });
});

describe('pictureQuery', () => {
  it('asks for the part and the class that the address names', () => {
    const place = placeOf('#/dataset/3?class=rose+%26+thorn&only=validation');
    expect(pictureQuery('3', place, classes)).toMatchObject({ label: 1, role: 'validation', show: 'all' });
    expect(pictureQuery('3', placeOf('#/dataset/3?only=moved'), classes)).toMatchObject({ role: null, show: 'moved' });
  });

  it('has no question for a class that is gone', () => {
    expect(pictureQuery('3', placeOf('#/dataset/3?class=tulip'), classes)).toBeNull();
  });
});
