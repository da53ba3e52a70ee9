import { pictureTitles } from '../../protocol/file-kinds.ts';
import type { MessageTable } from '../table.ts';
import { gigabytes } from './gigabytes.ts';

const supported = pictureTitles('or');
const layouts = 'root/<class>/… or root/{train,val,test}/<class>/…, or a CSV list with the columns path and label';

const foundWords: Record<string, string> = {
  html: 'a web page',
  text: 'text',
  pdf: 'a PDF document',
  photoshop: 'a Photoshop document',
  'jpeg-xl': 'a JPEG XL picture, which is not supported yet',
  'jpeg-2000': 'a JPEG 2000 picture, which is not supported yet',
  archive: 'an archive',
  video: 'a video',
  folder: 'a folder',
  unknown: 'content of unknown kind',
};

/** Words for folders, files and lists. Each entry of a problem list is told after its path. */
export const data = {
  'data.rootMissing': (p) => ({
    message: 'The folder does not exist.',
    expected: 'a folder with one sub-folder of pictures for each class',
    received: String(p['root']),
    hint: 'Check the path for spelling.',
  }),
  'data.rootIsFile': (p) => ({
    message: 'This is a file, not a folder.',
    expected: 'a folder with one sub-folder of pictures for each class',
    received: String(p['root']),
    hint: 'Give the folder that holds the class folders.',
  }),
  'data.rootDenied': (p) => ({
    message: 'There is no permission to open the folder.',
    received: String(p['root']),
    hint: 'Give your user the right to read it, or copy it to a place of your own.',
  }),
  'data.emptyFolder': (p) => ({
    message: 'The folder is empty.',
    expected: `pictures (${supported}) as ${layouts}`,
    received: String(p['root']),
  }),
  'data.noClasses': (p) => ({
    message: 'The folder holds files, but no class folders with pictures.',
    expected: layouts,
    received: String(p['root']),
    hint: 'Make one sub-folder for each class and move its pictures there.',
  }),
  'data.onlyBroken': (p) => ({
    message: `None of the ${p['count']} files can be used as a picture.`,
    expected: supported,
    received: `among others ${(p['sample'] as readonly string[]).join(', ')}`,
    hint: '`anneal inspect` lists the reason for each file.',
  }),
  'data.oneClass': (p) => ({
    message: 'There is only one class.',
    expected: 'at least two classes with readable pictures',
    received: `class "${p['class']}" with ${p['count']} pictures`,
    hint: 'Add a second folder, for example with pictures of anything else.',
  }),
  'data.empty': () => ({ message: 'The file is empty.' }),
  'data.truncated': () => ({
    message: 'The file ends too early: part of the picture is missing.',
    hint: 'Copy or download it again.',
  }),
  'data.unreadable': (p) => ({ message: `The file cannot be read: ${p['detail']}.` }),
  'data.notAPicture': (p) => ({
    message: `The file is not a picture but ${foundWords[String(p['found'])] ?? String(p['found'])}.`,
    expected: supported,
  }),
  'data.svg': () => ({ message: 'SVG drawings are not supported.', expected: supported, hint: 'Save it as PNG.' }),
  'data.lfsPointer': () => ({
    message: 'The file is only a Git LFS pointer; the picture itself was never fetched.',
    hint: 'Run `git lfs pull` where the folder came from.',
  }),
  'data.tooManyPixels': (p) => ({
    message: 'The picture claims an absurd size.',
    expected: `at most ${p['limit']} pixels`,
    received: `${p['width']} × ${p['height']}`,
  }),
  'data.fileTooLarge': (p) => ({
    message: 'The file is too large.',
    expected: `at most ${p['limit']} bytes`,
    received: `${p['bytes']} bytes`,
  }),
  'data.noPermission': () => ({
    message: 'There is no permission to read it.',
    hint: 'Give your user the right to read it.',
  }),
  'data.missing': () => ({ message: 'The file is not there.' }),
  'data.changed': () => ({
    message: 'The file has changed since the folder was read.',
    hint: 'Start the run again to use its new content.',
  }),
  'data.outsideClass': () => ({
    message: 'The picture lies beside the class folders, so it has no class.',
    hint: 'Move it into the folder of its class.',
  }),
  'data.outsideSplit': (p) => ({
    message: `The folder lies beside train and test, so its ${p['count']} files are left out.`,
    expected: 'only folders named train, val (valid, validation) and test',
  }),
  'data.unlabelledSplit': (p) => ({
    message: `The folder has no class folders, so its ${p['count']} files are left out.`,
    expected: 'one sub-folder for each class',
  }),
  'data.emptyClass': (p) => ({ message: `The folder of class "${p['class']}" is empty; the class is left out.` }),
  'data.smallClass': (p) => ({
    message: `Class "${p['class']}" has only ${p['count']} picture; it can be trained on, but never tested.`,
    hint: 'Add pictures or remove the class.',
  }),
  'data.untrainedClass': (p) => ({
    message: `Class "${p['class']}" has no picture in train; its ${p['count']} pictures elsewhere are left out.`,
    hint: 'Add training pictures, or check the spelling of the folder.',
  }),
  'data.labelConflict': (p) => ({
    message: `The same picture is filed under two classes: here "${p['class']}", and "${p['otherClass']}" at ${p['other']}.`,
    hint: 'Remove it from the wrong class.',
  }),
  'data.leak': (p) => ({
    message: `${p['count']} pictures of ${p['from']} are also in ${p['to']}, exactly or nearly; they are left out of ${p['from']}.`,
    hint: 'Otherwise the accuracy would be told too high.',
  }),
  'data.series': (p) => ({
    message: `${p['pictures']} pictures belong to ${p['series']} groups: ${p['copy']} as copies, ${p['name']} by names that count, ${p['time']} by times of capture, ${p['given']} as given. A group stays on one side of every split.`,
  }),
  'data.fewSeries': (p) => ({
    message: `A few groups hold most pictures: the ${p['pictures']} pictures say about as much as ${p['independent']} that have nothing to do with one another.`,
    hint: 'The interval beside an accuracy is too narrow by as much. Pictures of further scenes make it true.',
  }),
  'data.featureSeries': (p) => ({
    message: `${p['count']} pictures look so alike to the network that they are taken for series; each series is held out as a whole. The surest: ${p['a']} and ${p['b']}.`,
    hint: 'Otherwise the accuracy that is told out of fold would be too high.',
  }),
  'data.listRow': (p) => ({ message: `Line ${p['line']} of the list has no path or no label.` }),
  'data.listedTwice': (p) => ({
    message: `Line ${p['line']} of ${p['list']} lists the picture again with another label or split; "${p['kept']}" is kept.`,
  }),
  'data.outsideRoot': (p) => ({ message: `Line ${p['line']} of ${p['list']} points outside the folder.` }),
  'data.pictureGone': (p) => ({
    message: 'A picture has vanished or changed while the run was going on.',
    expected: 'the picture as it was when the folder was read',
    received: String(p['path']),
    hint: 'Put it back, or start the run again with the folder as it is now.',
  }),
  'data.allGone': (p) => ({
    message: 'None of the pictures can be read any more.',
    received: String(p['root']),
    hint: 'Was the folder moved or its disk taken away?',
  }),
  'data.cacheDiskFull': (p) => ({
    message: 'The disk is full: decoded pictures cannot be kept.',
    expected: `${p['bytes']} bytes free`,
    received: String(p['folder']),
    hint: 'Free some space and start again; what is already there is kept.',
  }),
  'data.cacheFailed': (p) => ({
    message: `Decoded pictures cannot be kept: ${p['detail']}.`,
    received: String(p['folder']),
  }),
  'data.cacheTooLarge': (p) => ({
    message: `Decoded pictures would take ${gigabytes(p['bytes'])}, above the limit of ${gigabytes(p['limit'])}; they are decoded anew in every epoch, which is slower.`,
    hint: 'A smaller input size takes less.',
  }),
  'data.cacheNoSpace': (p) => ({
    message: `Decoded pictures would take ${gigabytes(p['bytes'])} and only ${gigabytes(p['free'])} are free; they are decoded anew in every epoch, which is slower.`,
    hint: 'Free some space, stop the run and resume it.',
  }),
} satisfies MessageTable;
