import api, { assumeTrustedRoute } from '@forge/api';

export async function setPriority({ issueKey, priority }) {
  const response = await api.asApp().requestJira(assumeTrustedRoute(`/rest/api/3/issue/${issueKey}`), {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ fields: { priority: { name: priority } } }),
  });
  return response.ok ? `${issueKey} is ${priority} now` : `${issueKey} was not changed`;
}
