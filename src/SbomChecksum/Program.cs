return await ReleaseActions.Core.Hosting.ActionHost.RunAsync(new ReleaseActions.SbomChecksum.SbomChecksumAction(), args);
