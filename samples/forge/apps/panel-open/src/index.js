import Resolver from '@forge/resolver';
import { kvs } from '@forge/kvs';
import { readIssue, addComment } from './jira';

const DEFAULTS = { limit: 40 };
let settings;

// Asked for by each panel, so it is read once.
async function loadSettings() {
  if (!settings) {
    settings = (await kvs.get('settings')) ?? DEFAULTS;
  }
  return settings;
}

const resolver = new Resolver();

resolver.define('effort', async ({ payload }) => {
  const { limit } = await loadSettings();
  const issue = await readIssue(payload.issueKey);
  return { summary: issue.fields.summary, hours: issue.fields.timespent / 3600, limit };
});

resolver.define('close', async ({ payload }) => {
  await addComment(payload.issueKey, payload.comment);
  return { closed: true };
});

export const handler = resolver.getDefinitions();
