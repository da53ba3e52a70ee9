import type { weights as english } from '../en/weights.ts';
import { list, type Translation } from '../table.ts';

const again = 'Скопировать или загрузить файл снова.';
const trusted = 'Если файлу можно доверять, открыть его в Python и сохранить один state_dict, лучше в safetensors.';

export const weights = {
  'weights.missingFile': (p) => ({ message: `Файла ${p['path']} нет.`, hint: 'Проверить путь.' }),
  'weights.unreadable': (p) => ({
    message: `${p['path']} не читается (${p['detail']}).`,
    hint: 'Указать файл, который можно читать, а не папку.',
  }),
  'weights.truncated': (p) => ({
    message: `${p['path']} обрывается, в части «${p['part']}».`,
    expected: `${p['expected']} байт`,
    received: `${p['received']} байт`,
    hint: `Файл не целый. ${again}`,
  }),
  'weights.malformed': (p) => ({
    message: `${p['path']} — неверный файл ${p['format']}: ${p['problem']}.`,
    hint: `Файл повреждён или записан неисправной программой. ${again}`,
  }),
  'weights.tooLarge': (p) => ({
    message: `${p['path']} требует слишком много памяти, в части «${p['part']}».`,
    expected: `не больше ${p['limit']} байт`,
    received: `${p['bytes']} байт`,
    hint: 'Файл повреждён или сделан, чтобы занять всю память. Не брать его, если происхождение неизвестно.',
  }),
  'weights.unknownFormat': (p) => ({
    message: `${p['path']} — не тот файл весов, который читает Anneal.`,
    expected: 'safetensors или state_dict, сохранённый torch.save (.pth, .pt, .th)',
    received: String(p['looksLike']),
    hint: String(p['hint']),
  }),
  'weights.forbiddenGlobal': (p) => ({
    message: `${p['path']} просит выполнить «${p['name']}», что файлу весов ни к чему. Ничего не выполнено.`,
    expected: `только ${list(p['allowed'])}`,
    received: String(p['name']),
    hint: trusted,
  }),
  'weights.forbiddenOpcode': (p) => ({
    message: `В ${p['path']} есть указание pickle ${p['opcode']} на байте ${p['position']}, которое файлу весов ни к чему.`,
    expected: 'указания, которые torch.save пишет для state_dict',
    received: String(p['opcode']),
    hint: trusted,
  }),
  'weights.noTensors': (p) => ({
    message: `В ${p['path']} нет таблицы именованных тензоров.`,
    expected: 'state_dict, сам по себе или под ключом вроде state_dict или model',
    received: `ключи: ${list(p['keys'])}`,
    hint: 'Сохранить model.state_dict() из Python.',
  }),
  'weights.missingTensor': (p) => ({
    message: `В ${p['path']} нет тензора «${p['name']}».`,
    expected: `имя из файла, например ${list(p['known'])}`,
    received: `«${p['name']}»`,
    hint: 'Выбрать ту сеть, из которой записан файл.',
  }),
  'weights.unwritableTensor': (p) => ({
    message: `Тензор «${p['name']}» нельзя записать.`,
    expected: `столько значений, сколько велит размер ${p['shape']}, и имя не __metadata__`,
    received: `значений: ${p['elements']}`,
  }),
} satisfies Translation<typeof english>;
