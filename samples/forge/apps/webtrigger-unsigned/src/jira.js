const { default: api, route } = require('@forge/api');

async function addBuild(issueKey, build) {
  const response = await api.asApp().requestJira(route`/rest/api/3/issue/${issueKey}/properties/build`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ number: build.number, result: build.result }),
  });
  return response.ok;
}

module.exports = { addBuild };
