import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { AnnealError } from '../base/errors.ts';
import {
  uploadPlanSchema,
  type BrowsedFolder,
  type ExportPlace,
  type UploadBegun,
  type UploadDone,
} from '../protocol/browser-host.ts';
import { allowFolders, type AllowedFolders } from './allowed-folders.ts';
import { browseFolder } from './browse-folder.ts';
import { freeExportPlace } from './export-places.ts';
import type { Uploads } from './uploads.ts';
import { zipFolder } from './zip-folder.ts';

interface FileRoutes {
  readonly browse: AllowedFolders;
  /** The workspace's folder for exports, the only one that is downloaded from. */
  readonly exports: string;
  readonly uploads: Uploads;
}

const query = (value: unknown, name: string): string | null => {
  const found = (value as Record<string, unknown>)[name];
  return typeof found === 'string' && found !== '' ? found : null;
};

/** As `protocol/browser-host.ts` says. */
export function addFileRoutes(server: FastifyInstance, { browse, exports, uploads }: FileRoutes): void {
  server.get('/files/browse', async (request): Promise<BrowsedFolder> =>
    browseFolder(browse, query(request.query, 'path')),
  );

  server.get('/files/export-place', async (request): Promise<ExportPlace> => ({
    path: await freeExportPlace(exports, query(request.query, 'name') ?? ''),
  }));

  server.get('/files/download', async (request, reply) => {
    const downloadable = await allowFolders([exports]);
    const path = await downloadable.existing(query(request.query, 'path') ?? '');
    const found = await stat(path);
    if (path === downloadable.roots[0]) throw new AnnealError('host.notFound');
    const name = found.isDirectory() ? `${basename(path)}.zip` : basename(path);
    reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
    reply.type('application/octet-stream');
    if (found.isDirectory()) return reply.send(zipFolder(path));
    return reply.header('content-length', found.size).send(createReadStream(path));
  });

  server.post('/files/uploads', async (request): Promise<UploadBegun> => {
    const parsed = v.safeParse(uploadPlanSchema, request.body);
    if (!parsed.success) throw new AnnealError('host.badRequest', { detail: parsed.issues[0].message });
    return { upload: await uploads.begin(parsed.output) };
  });

  server.post<{ Params: { upload: string } }>('/files/uploads/:upload', async ({ params }): Promise<UploadDone> => ({
    path: await uploads.finish(params.upload),
  }));

  server.delete<{ Params: { upload: string } }>('/files/uploads/:upload', async ({ params }, reply) => {
    await uploads.giveUp(params.upload);
    return reply.code(204).send();
  });

  // A file's bytes go to the disk as they come; only these routes take them.
  void server.register(async (streamed) => {
    streamed.removeAllContentTypeParsers();
    streamed.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    streamed.put<{ Params: { upload: string; '*': string }; Body: Readable | undefined }>(
      '/files/uploads/:upload/*',
      { bodyLimit: Number.MAX_SAFE_INTEGER },
      async ({ params, headers, body, raw }, reply) => {
        const length = Number(headers['content-length'] ?? NaN);
        if (!Number.isSafeInteger(length)) throw new AnnealError('host.badRequest', { detail: 'content-length' });
        await uploads.write(params.upload, params['*'], length, body ?? raw);
        return reply.code(204).send();
      },
    );
  });
}
