import { percent, table } from '../format.ts';
import { exitCodes } from '../exit-codes.ts';
import { withEngine, type CommonOptions } from '../session.ts';

export async function listZoo(options: CommonOptions): Promise<void> {
  await withEngine(options, async ({ engine, output }) => {
    const backbones = await engine.zooList({});
    output.object({ type: 'result', backbones });
    const rows = backbones.map(({ installed, name, inputSize, top1, licence }) => [
      installed ? 'here  ' : 'absent',
      name,
      `${inputSize} px`,
      top1 === null ? '' : `ImageNet ${percent(top1)}`,
      licence,
    ]);
    for (const line of table(rows)) output.line(line);
    return exitCodes.done;
  });
}

export async function pullZoo(name: string, options: CommonOptions): Promise<void> {
  await withEngine(options, async ({ engine, output, hooks }) => {
    const entry = await engine.zooPull({ name }, hooks);
    output.object({ type: 'result', ...entry });
    output.line(`${entry.name} is here.`);
    return exitCodes.done;
  });
}
