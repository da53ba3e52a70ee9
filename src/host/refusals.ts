import type { FastifyReply, FastifyRequest } from 'fastify';
import { AnnealError } from '../base/errors.ts';
import { toFailure } from '../base/failure.ts';
import { describeError } from '../messages/describe.ts';
import type { HostRefusal } from '../protocol/browser-host.ts';

/** What is not the default of its kind: 400 for what the asker can mend, 500 for the rest. */
const statuses: Readonly<Record<string, number>> = {
  'host.noSession': 401,
  'host.wrongHost': 403,
  'host.wrongOrigin': 403,
  'host.notAllowed': 403,
  'host.notFound': 404,
  'host.unknownUpload': 404,
  'system.ENOENT': 404,
  'host.exists': 409,
  'host.uploadTooBig': 413,
  'host.tooManyUploads': 429,
  'host.noRoom': 507,
};

/** Answers with an error as JSON, or as a page in words where a person looks at it. For fastify's error handler. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const failure = toFailure(ownError(error));
  void reply.code(statuses[failure.code] ?? (failure.kind === 'input' ? 400 : 500));
  const forPerson = request.headers['sec-fetch-dest'] === 'document' || request.headers.accept?.includes('text/html');
  if (forPerson) void reply.type('text/html; charset=utf-8').send(page(failure.code, failure));
  else void reply.send({ error: failure } satisfies HostRefusal);
}

/** What fastify itself refuses: a body too large, of another kind, not JSON. */
function ownError(error: unknown): unknown {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : null;
  const refused = typeof status === 'number' && status >= 400 && status < 500;
  return refused && error instanceof Error ? new AnnealError('host.badRequest', { detail: error.message }) : error;
}

function page(code: string, failure: Parameters<typeof describeError>[0]): string {
  const { message, hint } = describeError(failure);
  // Whoever followed a link from another page has the session, but that page's request did not carry it.
  const again = code === 'host.noSession' ? '<p><a href="/">Open Anneal</a></p>' : '';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>Anneal</title></head>
<body><h1>${escape(message)}</h1>${hint === undefined ? '' : `<p>${escape(hint)}</p>`}${again}</body></html>
`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, (letter) => entities[letter]!);
