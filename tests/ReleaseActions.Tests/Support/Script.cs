using System.Diagnostics;

namespace ReleaseActions.Tests.Support;

/// <summary>Shell scripts that replace a program.</summary>
public static class Script
{
    /// <summary>Writes a script that can be run, and returns its path.</summary>
    /// <remarks>
    /// Another process writes it: a file that this one held open for writing would be inherited by whatever another test starts at
    /// that moment, and until then starting it fails with "text file busy".
    /// </remarks>
    public static string Write(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        var start = new ProcessStartInfo("sh", ["-c", "cat > \"$1\" && chmod 755 \"$1\"", "sh", path]) { RedirectStandardInput = true };
        using var writer = Process.Start(start)!;
        writer.StandardInput.Write($"#!/bin/sh\n{text}\n");
        writer.StandardInput.Close();
        writer.WaitForExit();
        writer.ExitCode.Should().Be(0, "{0} can be written", path);
        return path;
    }
}
