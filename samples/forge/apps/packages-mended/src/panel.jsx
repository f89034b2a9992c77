import React, { useEffect, useState } from 'react';
import ForgeReconciler, { Text } from '@forge/react';
import { invoke } from '@forge/bridge';

const Panel = () => {
  const [options, setOptions] = useState();
  useEffect(() => {
    invoke('options', { line: '--verbose --release 7.5.1' }).then(setOptions);
  }, []);
  return <Text>{options ? `verbose: ${options.verbose}` : 'loading'}</Text>;
};

ForgeReconciler.render(<Panel />);
