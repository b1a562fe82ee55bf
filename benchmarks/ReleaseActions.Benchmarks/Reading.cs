using System.Diagnostics;
using System.Globalization;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Benchmarks;

/// <summary>
/// Reads the notes of one version out of a file, some times in one process; the first is that of a program that has just started.
/// </summary>
internal static class Reading
{
    /// <summary>Prints the milliseconds of each, one a line.</summary>
    public static int Run(string file, string version, int times)
    {
        var wanted = SemanticVersion.TryParse(version, out var parsed) ? parsed : throw new ArgumentException(version);
        for (var i = 0; i < times; i++)
        {
            var watch = Stopwatch.StartNew();
            var length = Changelog.Parse(File.ReadAllText(file)).Find(wanted).Single().Body.Length;
            Console.WriteLine(length == 0 ? "nothing" : watch.Elapsed.TotalMilliseconds.ToString("0.000", CultureInfo.InvariantCulture));
        }

        return 0;
    }
}
