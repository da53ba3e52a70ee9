import type { CallHooks, CommandName, CommandResults, ParsedInput } from '../../protocol/engine-api.ts';
import type { EngineContext } from '../engine-context.ts';

/** A use case: the input has passed its schema. */
export type CommandHandler<C extends CommandName> = (
  context: EngineContext,
  input: ParsedInput<C>,
  hooks?: CallHooks,
) => Promise<CommandResults[C]>;
