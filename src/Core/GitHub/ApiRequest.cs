using System.Net;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.GitHub;

/// <summary>One call of GitHub's API.</summary>
/// <param name="Method">The method.</param>
/// <param name="Address">The whole address.</param>
/// <param name="Purpose">What it is for, to go after "GitHub was asked to" in a message.</param>
/// <param name="Permission">What a workflow must grant for it, such as <c>contents: write</c>.</param>
public sealed record ApiRequest(HttpMethod Method, Uri Address, string Purpose, string Permission)
{
    /// <summary>The JSON it sends, or null.</summary>
    public JsonNode? Body { get; init; }

    /// <summary>Makes the bytes it sends, anew for each attempt; null where there are none.</summary>
    public Func<HttpContent>? Content { get; init; }

    /// <summary>What it accepts.</summary>
    public string Accept { get; init; } = "application/vnd.github+json";

    /// <summary>Whether sending it twice does no harm.</summary>
    public bool MayRepeat { get; init; } = true;

    /// <summary>Whether it changes nothing, although its method could: a reader may send it.</summary>
    public bool OnlyReads { get; init; }

    /// <summary>The longest one attempt may take until the answer begins.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Refusals that mean something to the caller and are handed back in place of an error.</summary>
    public IReadOnlyList<HttpStatusCode> Expected { get; init; } = [];
}

/// <summary>What came back: status and whole body, read within bounds.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The body.</param>
/// <param name="Next">The next page of a list, or null.</param>
public sealed record ApiAnswer(HttpStatusCode Status, byte[] Body, Uri? Next)
{
    /// <summary>The body as what it should be.</summary>
    /// <exception cref="ActionException">It is something else (exit 4).</exception>
    public T Read<T>(ApiRequest request, JsonTypeInfo<T> type)
    {
        try
        {
            return BoundedJson.Read(Body, type);
        }
        catch (FormatException e)
        {
            throw Nonsense(request, e.Message);
        }
    }

    /// <summary>The body as a list. The reader lets null stand between its items; GitHub never sends it.</summary>
    /// <exception cref="ActionException">It is something else (exit 4).</exception>
    public IReadOnlyList<T> ReadList<T>(ApiRequest request, JsonTypeInfo<List<T>> type)
    {
        var items = Read(request, type);
        return items.TrueForAll(item => item is not null) ? items : throw Nonsense(request, "a list holds null");
    }

    private static ActionException Nonsense(ApiRequest request, string why) => ActionException.Remote(
        $"GitHub was asked to {request.Purpose}, and its answer makes no sense: {PlainText.Inert(why)}",
        "Run it again; if it stays, see what stands between the runner and GitHub");
}
