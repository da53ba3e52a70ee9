import { formatsOf, plural } from '../format.ts';

const format = formatsOf('en');
const count = (value: number, one: string, other: string): string =>
  `${format.count(value)} ${plural('en', value, { one, other })}`;
const pictures = (value: number): string => count(value, 'picture', 'pictures');

export const dataset = {
  facts: {
    version: (version: number, hash: string) => `v${version} ${hash}`,
    pictures,
    classes: (value: number) => count(value, 'class', 'classes'),
    leftOut: (value: number) => `${format.count(value)} left out`,
  },
  tabs: 'What to look at',
  tab: { pictures: 'Pictures', problems: 'Problems', eyes: 'What the network sees', statistics: 'Statistics' },
  checkAgain: 'Check again',
  checkTip: 'Reads the folder again for new, changed and missing pictures.',
  train: 'Train',
  apply: 'Apply to the folder…',
  nothingToApply: 'No picture was moved to another class by hand.',
  undoLast: 'Undo the last change',
  redoLast: 'Do it again',
  nothingToUndo: 'No change by hand is left to undo.',
  nothingToRedo: 'No change was undone.',
  more: 'More for this dataset',
  reading: (done: number, total: number) =>
    total > 0
      ? `Reading ${format.count(done)} of ${count(total, 'file', 'files')}. Pictures can be looked at meanwhile.`
      : 'Reading the folder',
  checking: (done: number, total: number) =>
    total > 0 ? `Checking ${format.count(done)} of ${count(total, 'file', 'files')}` : 'Checking the folder',
  gone: (root: string) =>
    `The folder is not found at ${root}. Pictures are shown from the cache; training needs the folder.`,
  locate: 'Locate it',
  notThere: 'The folder is not found. Locate it first.',
  oneClass: (name: string) =>
    `A second class is needed to train: the folder holds only “${name}”. Add another folder of pictures beside it.`,
  stillReading: 'The folder is still being read.',
  changed: (added: number, removed: number, changed: number) => {
    const parts = [
      ...(added > 0 ? [`${format.count(added)} added`] : []),
      ...(removed > 0 ? [`${format.count(removed)} removed`] : []),
      ...(changed > 0 ? [`${format.count(changed)} changed`] : []),
    ];
    if (removed + changed === 0) return `${pictures(added)} ${added === 1 ? 'was' : 'were'} added.`;
    return `The folder has changed: ${parts.join(', ')}.`;
  },
  makeVersion: (version: number) => `Make v${version}`,
  openAgain: 'Open the folder again',

  classList: {
    label: 'Classes',
    filter: 'Filter classes',
    all: 'All',
    legend: 'Bar: training, validation, test',
    train: 'training',
    validation: 'validation',
    test: 'test',
    saidUndrawn: (name: string, value: number) => `${name}, ${pictures(value)}`,
    said: (
      name: string,
      value: number,
      parts: { readonly train: number; readonly validation: number; readonly test: number; readonly leftOut: number },
    ) =>
      `${name}, ${pictures(value)}: ${format.count(parts.train)} training, ${format.count(parts.validation)} validation, ${format.count(parts.test)} test` +
      (parts.leftOut > 0 ? `; ${format.count(parts.leftOut)} left out` : ''),
  },

  grid: {
    label: (name: string) => `Pictures of ${name}`,
    allLabel: 'All pictures',
    count: (value: number) => format.count(value),
    sort: 'Sort',
    sorts: { name: 'by name', size: 'by size in pixels', bytes: 'by size of the file', added: 'new ones first' },
    show: 'Show',
    filters: {
      all: 'all pictures',
      train: 'training',
      validation: 'validation',
      test: 'test',
      leftOut: 'left out',
      moved: 'moved by hand',
      added: 'added since the last version',
    },
    size: 'Size',
    eyesShort: 'Eyes',
    eyesTip: 'The network’s eyes: each picture as the network gets it: cropped and scaled.',
    eyesWait: 'The network looks at these pictures…',
    eyesFailed: (message: string) => `What the network sees cannot be shown: ${message}`,
    selected: (value: number) => `${format.count(value)} selected`,
    chosenOnly: (value: number) => `Only ${pictures(value)} that were named`,
    showAll: 'Show all',
    empty: 'No picture matches. Show all pictures of all classes instead.',
    unknownClass: (name: string) => `There is no class “${name}” in this folder any more.`,
    emptyFolder: 'The pictures of this folder will be here, by class.',
    keys: 'Arrows move, Shift extends, Space shows large, M moves to a class, X leaves out, N shows the network’s eyes.',
    badges: { leftOut: 'left out', moved: 'moved', added: 'new' },
  },
  roles: { train: 'training', validation: 'validation', test: 'test', leftOut: 'left out' },
  rolesWhole: {
    train: 'training',
    validation: 'validation: judges each snapshot',
    test: 'test: sealed until the end',
    leftOut: 'left out of training and judging',
  },
  pictureSaid: (name: string, className: string, role: string | null, moved: string | null) =>
    `${name}, ${className}${role === null ? '' : `, ${role}`}${moved === null ? '' : `, moved from ${moved}`}`,

  inspector: {
    title: 'Picture',
    titleMany: (value: number) => pictures(value),
    pixels: (width: number, height: number) => `${format.count(width)} × ${format.count(height)} px`,
    notDrawn: 'drawn when the folder has been read',
    notRead: 'size not read yet',
    class: 'Class',
    moveAll: 'Move all to',
    split: 'Split',
    movedFrom: (name: string) => `Moved by hand from ${name}`,
    added: 'Came with this version',
    file: 'File',
    hash: 'Content',
    leaveOut: 'Leave out',
    putBack: 'Put back',
    show: 'Show large',
    typeClass: 'Type a class',
  },
  moved: (value: number, name: string) => `Moved ${format.count(value)} to ${name}.`,
  leftOutDone: (value: number) => `Left out ${pictures(value)}.`,
  putBackDone: (value: number) => `Put back ${pictures(value)}.`,

  large: {
    back: 'Back to the grid',
    previous: 'Previous',
    next: 'Next',
    frame: 'Frame: what the network sees',
    missing: (path: string) => `${path} is not among the pictures of this dataset.`,
  },

  problems: {
    none: 'No problems: every file in the folder can be used.',
    intro: 'Files that cannot be used are left out by themselves. The folder is not changed.',
    files: (value: number) => count(value, 'file', 'files'),
    showFiles: 'Show the files',
    showPictures: 'Show the pictures',
    leaveAllOut: (value: number) => `Leave out ${value === 1 ? 'it' : `all ${format.count(value)}`}`,
    path: 'File',
    reason: 'Reason',
    heads: {
      'data.notAPicture': (value: number) =>
        `${count(value, 'file is not a picture by its', 'files are not pictures by their')} content`,
      'data.truncated': (value: number) => `${count(value, 'picture ends', 'pictures end')} too early`,
      'data.unreadable': (value: number) => `${count(value, 'file', 'files')} cannot be read`,
      'data.empty': (value: number) => `${count(value, 'file is', 'files are')} empty`,
      'data.svg': (value: number) => `${count(value, 'drawing', 'drawings')} in SVG cannot be read`,
      'data.lfsPointer': (value: number) => `${count(value, 'picture was', 'pictures were')} never fetched by Git LFS`,
      'data.tooManyPixels': (value: number) => `${count(value, 'picture claims', 'pictures claim')} an absurd size`,
      'data.fileTooLarge': (value: number) => `${count(value, 'file is', 'files are')} too large`,
      'data.noPermission': (value: number) => `${count(value, 'file or folder', 'files or folders')} may not be read`,
      'data.missing': (value: number) => `${count(value, 'file is', 'files are')} not there`,
      'data.outsideClass': (value: number) =>
        `${count(value, 'picture lies', 'pictures lie')} beside the class folders`,
      'data.outsideSplit': (value: number) => `${count(value, 'folder lies', 'folders lie')} beside train and test`,
      'data.unlabelledSplit': (value: number) => `${count(value, 'part has', 'parts have')} no class folders`,
      'data.emptyClass': (value: number) => `${count(value, 'class folder is', 'class folders are')} empty`,
      'data.smallClass': (value: number) =>
        `${count(value, 'class has', 'classes have')} a single picture: it can be trained on, never judged`,
      'data.untrainedClass': (value: number) => `${count(value, 'class has', 'classes have')} nothing to train on`,
      'data.labelConflict': (value: number) => `${count(value, 'picture is', 'pictures are')} filed under two classes`,
      'data.leak': () => 'The same pictures are on both sides of the split',
      'data.listRow': (value: number) => `${count(value, 'line of the list is', 'lines of the list are')} incomplete`,
      'data.listedTwice': (value: number) => `${count(value, 'picture is', 'pictures are')} listed twice`,
      'data.outsideRoot': (value: number) => `${count(value, 'line points', 'lines point')} outside the folder`,
    } as Readonly<Record<string, (value: number) => string>>,
  },

  eyes: {
    intro: (size: number, backbone: string) =>
      `${backbone} gets ${size} × ${size} px. In training each picture is drawn anew every time it is shown.`,
    normalised: (mean: string, std: string, backbone: string) =>
      `Normalised with mean ${mean} and deviation ${std}, from the backbone ${backbone}.`,
    ownNetwork: 'The network',
    normalisedOwn: (mean: string, std: string) =>
      `Normalised with mean ${mean} and deviation ${std}, those of the pictures themselves.`,
    original: 'Original with its crop',
    input: 'Input, as judged',
    draws: 'Six draws for training',
    drawAgain: 'Draw again',
    ofSelection: 'Of the pictures that are selected.',
    ofClasses: 'Of one picture of each class; select pictures in the grid to see those.',
    none: 'Pictures as the network gets them will be here.',
  },

  statistics: {
    shorterSide: 'Shorter side',
    aspect: 'Width by height',
    bytes: 'File size',
    pixels: 'px',
    megabytes: 'MB',
    smaller: (value: number) =>
      `${pictures(value)} ${value === 1 ? 'is' : 'are'} smaller than 224 px: enlarged for the network, ${value === 1 ? 'it stays' : 'they stay'} blurred.`,
    noneSmaller: 'Every picture has at least the 224 px that most networks want.',
    showThem: 'Show them',
    input: '224 px',
    range: (measure: string, from: string, to: string) => `${measure} ${from} to ${to}`,
    formats: 'Kinds of file',
    format: 'Kind',
    pictures: 'Pictures',
    facts: 'In all',
    total: 'Size on disk',
    duplicates: 'Copies, exact or near',
    duplicatesTip: 'Copies stay on one side of every split.',
    turned: 'Stored turned (EXIF)',
    turnedTip: 'Shown upright here and in training.',
    origin: 'Split',
    origins: {
      folder: 'from the folder',
      drawn: 'drawn, the same every time',
      none: 'none',
    },
    notYet: 'Sizes are known when the folder has been read.',
  },

  applying: {
    title: 'Apply to the folder',
    explain: (value: number, root: string) =>
      `${count(value, 'file', 'files')} would be moved inside ${root}. Nothing is overwritten and nothing deleted. Changes by hand that this makes true are then no longer kept apart.`,
    from: 'Now',
    to: 'Then',
    move: (value: number) => `Move ${count(value, 'file', 'files')}`,
    done: (value: number) => `Moved ${count(value, 'file', 'files')} in the folder.`,
    nothing: 'Nothing to move: each picture lies in the folder of its class.',
  },
};
