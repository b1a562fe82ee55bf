return await ReleaseActions.Fuzz.FuzzRun.MainAsync(args);
