import { app } from '../state/app.svelte.ts';
import { current } from '../state/current.svelte.ts';
import { jobWords } from './job-words.svelte.ts';
import { jobs } from '../state/jobs.svelte.ts';
import { locale } from '../state/locale.svelte.ts';
import { router } from '../state/router.svelte.ts';
import { idKindOf } from '../state/routes.ts';

/** '62 % · run 14 · Anneal' while something runs, else the view and its object. */
export function pageTitle(): string {
  const { text } = locale;
  const job = jobs.active;
  const parts: string[] = [];
  if (job && job.state !== 'queued') {
    const { share } = jobWords(job, app.followed.get(job.runId));
    if (share !== null) parts.push(`${Math.floor(100 * share)}\u202f%`);
    parts.push(text.shell.run(job.number));
  } else {
    const { view } = router.route;
    parts.push(text.shell.views[view]);
    const kind = idKindOf[view];
    if (kind === 'run' && current.run) parts.push(text.shell.run(current.run.number));
    if (kind === 'dataset' && current.dataset) parts.push(current.dataset.name);
  }
  return [...parts, 'Anneal'].join(' · ');
}
