using System.Xml.Linq;

namespace ReleaseActions.Matrix;

/// <summary>A test of the last run.</summary>
/// <param name="Result"><c>Pass</c>, <c>Fail</c> or <c>Skip</c>, as xunit writes it.</param>
/// <param name="Guarantees">The ids of rows and rules that it names.</param>
public sealed record TestOutcome(string Result, IReadOnlyList<string> Guarantees)
{
    /// <summary>The tests of a report that xunit wrote (<c>-xml</c>).</summary>
    public static IReadOnlyList<TestOutcome> Read(string xml) =>
        [.. XDocument.Parse(xml).Descendants("test").Select(test => new TestOutcome(test.Attribute("result")!.Value, GuaranteesOf(test)))];

    private static IReadOnlyList<string> GuaranteesOf(XElement test) =>
        [.. test.Descendants("trait").Where(t => t.Attribute("name")?.Value is "Row" or "Rule").Select(t => t.Attribute("value")!.Value)];
}
