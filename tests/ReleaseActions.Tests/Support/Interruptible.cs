using System.Diagnostics;

namespace ReleaseActions.Tests.Support;

/// <summary>Starts programs that tests send SIGINT to.</summary>
public static class Interruptible
{
    /// <summary>How to start a program such that SIGINT reaches it.</summary>
    /// <remarks>
    /// A shell starts background jobs with SIGINT ignored. Children inherit that, and .NET leaves an ignored signal ignored.
    /// </remarks>
    public static ProcessStartInfo Start(string program, IEnumerable<string> arguments) =>
        new("env", ["--default-signal=INT", program, .. arguments]);
}
