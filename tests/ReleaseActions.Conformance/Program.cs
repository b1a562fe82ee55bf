return await ReleaseActions.Conformance.Replay.MainAsync(args, Console.Out);
