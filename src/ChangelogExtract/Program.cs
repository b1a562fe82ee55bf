return await ReleaseActions.Core.Running.ActionHost.RunAsync(new ReleaseActions.ChangelogExtract.ChangelogExtractAction(), args);
