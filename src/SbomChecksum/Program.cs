return await ReleaseActions.Core.Running.ActionHost.RunAsync(new ReleaseActions.SbomChecksum.SbomChecksumAction(), args);
