import Resolver from '@forge/resolver';
import { kvs } from '@forge/kvs';
import { readIssue, addComment } from './jira';

const DEFAULTS = { limit: 40 };
const settings = new Map();

// Asked for by each panel, so it is read once for each site.
async function loadSettings({ cloudId }) {
  if (!settings.has(cloudId)) {
    settings.set(cloudId, (await kvs.get('settings')) ?? DEFAULTS);
  }
  return settings.get(cloudId);
}

const resolver = new Resolver();

resolver.define('effort', async ({ payload, context }) => {
  const { limit } = await loadSettings(context);
  const issue = await readIssue(payload.issueKey);
  return { summary: issue.fields.summary, hours: issue.fields.timespent / 3600, limit };
});

resolver.define('close', async ({ payload, context }) => {
  await addComment(context.extension.issue.id, payload.comment);
  return { closed: true };
});

export const handler = resolver.getDefinitions();
