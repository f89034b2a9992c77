import React, { useEffect, useState } from 'react';
import ForgeReconciler, { Button, Text, useProductContext } from '@forge/react';
import { invoke } from '@forge/bridge';

const Effort = () => {
  const context = useProductContext();
  const issueKey = context?.extension.issue.key;
  const [effort, setEffort] = useState(null);

  useEffect(() => {
    if (issueKey) {
      invoke('effort', { issueKey }).then(setEffort);
    }
  }, [issueKey]);

  return (
    <>
      <Text>{effort ? `${effort.summary}: ${effort.hours} hours of ${effort.limit}` : 'Loading'}</Text>
      <Button onClick={() => invoke('close', { issueKey, comment: 'Done' })}>Close</Button>
    </>
  );
};

ForgeReconciler.render(<Effort />);
