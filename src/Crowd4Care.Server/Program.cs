using Crowd4Care.Server.Commands;

return await CommandLine.RunAsync(args);
