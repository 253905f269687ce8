using Crowd4Care.Load.Commands;

return await RigCommandLine.RunAsync(args);
