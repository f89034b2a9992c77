const { kvs } = require('@forge/kvs');
const { addBuild } = require('./jira');
const { isSigned } = require('./signature');

exports.onBuild = async (request) => {
  if (!isSigned(request)) {
    return { outputKey: 'refused' };
  }
  const build = JSON.parse(request.body);
  console.log('build reported', build.number);
  for (const issueKey of build.issues) {
    await addBuild(issueKey, build);
  }
  await kvs.set(`build-${build.number}`, build.result);
  return { outputKey: 'accepted' };
};
