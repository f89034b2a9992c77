import api, { route } from '@forge/api';

const PRIORITIES = ['Low', 'Medium', 'High'];

export async function setPriority({ issueKey, priority }) {
  if (!PRIORITIES.includes(priority)) {
    return `${PRIORITIES.join(', ')} are priorities`;
  }
  const response = await api.asUser().requestJira(route`/rest/api/3/issue/${issueKey}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ fields: { priority: { name: priority } } }),
  });
  return response.ok ? `${issueKey} is ${priority} now` : `${issueKey} was not changed`;
}
