const { kvs } = require('@forge/kvs');
const { addBuild } = require('./jira');

exports.onBuild = async (request) => {
  console.log('build reported', request.headers.authorization);
  const build = JSON.parse(request.body);
  for (const issueKey of build.issues) {
    await addBuild(issueKey, build);
  }
  await kvs.set(`build-${build.number}`, build.result);
  return { outputKey: 'accepted' };
};
