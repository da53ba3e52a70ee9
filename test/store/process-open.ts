import { AnnealError } from '../../src/base/errors.ts';
import { openStore } from '../../src/store/store.ts';

// Opens a workspace and tells the error's code.
try {
  openStore(process.argv[2]!).close();
  process.stdout.write('opened');
} catch (error) {
  process.stdout.write(error instanceof AnnealError ? error.code : String(error));
}
