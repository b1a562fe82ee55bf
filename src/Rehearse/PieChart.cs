using System.Globalization;
using System.Net;
using System.Text;

namespace ReleaseActions.Rehearse;

/// <summary>Draws Mermaid's pie charts as SVG, so that a release page needs neither script nor network. Other charts stay text.</summary>
internal static class PieChart
{
    private static readonly string[] Colours = ["#4c78a8", "#f58518", "#54a24b", "#e45756", "#72b7b2", "#b279a2", "#eeca3b", "#9d755d"];

    /// <summary>The chart as SVG, or null where the text is no pie chart.</summary>
    public static string? Draw(string mermaid)
    {
        var lines = mermaid.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length < 2 || !lines[0].StartsWith("pie", StringComparison.Ordinal)) return null;
        var title = lines[0].Split("title ", 2) is [_, var inline] ? inline
            : lines.FirstOrDefault(l => l.StartsWith("title ", StringComparison.Ordinal))?["title ".Length..] ?? "";
        var slices = lines.Skip(1).Select(Slice).OfType<(string Label, double Value)>().Where(s => s.Value > 0).ToList();
        return slices.Count == 0 ? null : Svg(title, slices);
    }

    private static (string Label, double Value)? Slice(string line)
    {
        var end = line.LastIndexOf("\" :", StringComparison.Ordinal);
        if (!line.StartsWith('"') || end <= 0) return null;
        return double.TryParse(line[(end + 3)..], CultureInfo.InvariantCulture, out var value) ? (line[1..end], value) : null;
    }

    private static string Svg(string title, List<(string Label, double Value)> slices)
    {
        var total = slices.Sum(s => s.Value);
        var height = Math.Max(180, 40 + (slices.Count * 22));
        var size = $"viewBox=\"0 0 460 {height}\" width=\"460\" height=\"{height}\"";
        var svg = new StringBuilder($"<svg class=\"chart\" role=\"img\" aria-label=\"{Html(title)}\" {size}>");
        svg.Append($"<text x=\"0\" y=\"16\" class=\"chart-title\">{Html(title)}</text>");
        var from = 0.0;
        foreach (var (index, (label, value)) in slices.Index())
        {
            var to = from + (value / total);
            svg.Append(Wedge(from, to, Colours[index % Colours.Length]));
            var y = 48 + (index * 22);
            svg.Append($"<rect x=\"180\" y=\"{y - 11}\" width=\"13\" height=\"13\" fill=\"{Colours[index % Colours.Length]}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"200\" y=\"{y}\">{Html(label)} ({value:0.##})</text>");
            from = to;
        }

        return svg.Append("</svg>").ToString();
    }

    private static string Wedge(double from, double to, string colour)
    {
        if (to - from > 0.9999) return $"<circle cx=\"80\" cy=\"105\" r=\"70\" fill=\"{colour}\"/>";
        var (x1, y1) = Point(from);
        var (x2, y2) = Point(to);
        var isLarge = to - from > 0.5 ? 1 : 0;
        var shape = string.Create(CultureInfo.InvariantCulture, $"M80 105 L{x1:0.##} {y1:0.##} A70 70 0 {isLarge} 1 {x2:0.##} {y2:0.##} Z");
        return $"<path d=\"{shape}\" fill=\"{colour}\"/>";
    }

    private static (double X, double Y) Point(double turn) =>
        (80 + (70 * Math.Sin(2 * Math.PI * turn)), 105 - (70 * Math.Cos(2 * Math.PI * turn)));

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
