return await ReleaseActions.Core.Hosting.ActionHost.RunAsync(new ReleaseActions.ChangelogExtract.ChangelogExtractAction(), args);
