import api, { authorize, route } from '@forge/api';

export async function readIssue(issueKey) {
  const response = await api.asUser().requestJira(route`/rest/api/3/issue/${issueKey}?fields=summary,timespent`);
  return response.json();
}

// The app comments in its own name, for whom may comment himself.
export async function addComment(issueId, text) {
  if (!(await authorize().onJiraIssue(issueId).canAddComments())) {
    throw new Error('You may not comment on this issue');
  }
  const body = {
    body: { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] },
  };
  await api.asApp().requestJira(route`/rest/api/3/issue/${issueId}/comment`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}
