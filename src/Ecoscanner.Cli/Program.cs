using Ecoscanner.Cli;

return await CommandLine.RunAsync(args);
