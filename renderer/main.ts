import { mount } from 'svelte';
import App from './App.svelte';
import { connect } from './client/connect.ts';
import { app } from './state/app.svelte.ts';
import { folderQuestion } from './state/folder-question.svelte.ts';
import { layout } from './state/layout.svelte.ts';
import { preferences } from './state/preferences.svelte.ts';
import { router } from './state/router.svelte.ts';
import './tokens.css';
import './app.css';

preferences.start();
layout.start();
router.start();
app.start(connect(() => folderQuestion.ask()));
mount(App, { target: document.getElementById('app')! });
