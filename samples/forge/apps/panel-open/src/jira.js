import api, { route } from '@forge/api';

export async function readIssue(issueKey) {
  const response = await api.asApp().requestJira(route`/rest/api/3/issue/${issueKey}?fields=summary,timespent`);
  return response.json();
}

export async function addComment(issueKey, text) {
  const body = {
    body: { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] },
  };
  await api.asApp().requestJira(route`/rest/api/3/issue/${issueKey}/comment`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}
