using System.Globalization;
using System.Text;

namespace ReleaseActions.EndToEnd.Containers;

/// <summary>What was measured of one action, one value a round, and the table that people read.</summary>
/// <param name="peer">The Node action beside it, or null.</param>
internal sealed class Samples(Peer? peer)
{
    private const string Head =
        """
        | action | program | container, to its last output | container, until it is gone | `/bin/true` in its image | last output : true | memory, program | memory, container | Node action beside it |
        | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |

        """;

    public Peer? Peer { get; } = peer;

    public List<TimeSpan> Program { get; } = [];

    public List<TimeSpan> ToLastOutput { get; } = [];

    public List<TimeSpan> Container { get; } = [];

    public List<TimeSpan> True { get; } = [];

    public List<TimeSpan> PeerTime { get; } = [];

    public List<double> Kilobytes { get; } = [];

    public List<double> ContainerKilobytes { get; } = [];

    public List<double> PeerKilobytes { get; } = [];

    public static string Table(IReadOnlyDictionary<string, Samples> actions)
    {
        var text = new StringBuilder(Head);
        foreach (var (action, s) in actions)
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {action} | {Times(s.Program)} | {Times(s.ToLastOutput)} | {Times(s.Container)} | {Times(s.True)} | "
                + $"{Ratio(s.ToLastOutput, s.True)} | ")
                .Append(CultureInfo.InvariantCulture, $"{Megabytes(s.Kilobytes)} | {Megabytes(s.ContainerKilobytes)} | {s.Beside} |\n");
        return text.ToString();
    }

    /// <summary>The median, the fastest and the slowest.</summary>
    public static string Times(List<TimeSpan> values) => Spread(values.ConvertAll(v => v.TotalMilliseconds), "ms");

    private string Beside => Peer is null ? "" : $"{Peer.Name}: {Times(PeerTime)}, {Megabytes(PeerKilobytes)}";

    private static string Megabytes(List<double> kilobytes) => Spread(kilobytes.ConvertAll(k => k * 1024 / 1e6), "MB");

    private static string Ratio(List<TimeSpan> ours, List<TimeSpan> theirs) =>
        string.Create(CultureInfo.InvariantCulture, $"{Median(ours) / Median(theirs):0.00}");

    private static string Spread(List<double> values, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{Median(values):0} {unit} ({values.Min():0}–{values.Max():0})");

    private static double Median(List<TimeSpan> values) => Median(values.ConvertAll(v => v.TotalMilliseconds));

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
