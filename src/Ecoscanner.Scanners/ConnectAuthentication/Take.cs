using Ecoscanner.Apps;
using Ecoscanner.Findings;
using Ecoscanner.Probing;

namespace Ecoscanner.Scanners.ConnectAuthentication;

/// <summary>What one request got, as far as the judge needs it: the exchange, and a sketch of the body.</summary>
internal sealed record Take
{
    public static readonly Take NotAsked = new();

    private Take() { }

    /// <summary>Null where nothing was asked.</summary>
    public Exchange? Exchange { get; private init; }

    /// <summary>Why there is no whole answer; null where there is one, or nothing was asked.</summary>
    public ProbeFailure? Failure { get; private init; }

    /// <summary>Null where there is no whole answer.</summary>
    public AnswerSketch? Sketch { get; private init; }

    /// <summary>Where a redirect leads; null where the answer is none.</summary>
    public Uri? Redirect { get; private init; }

    /// <summary>What came back of the data that was planted in the test tenants.</summary>
    public IReadOnlyList<PlantedData> Planted { get; private init; } = [];

    public bool Asked => Exchange is not null;

    public string Purpose => Exchange?.Purpose ?? "";

    public int Status => Exchange?.Status ?? 0;

    /// <summary>A whole answer with a 2xx status.</summary>
    public bool Succeeded => Asked && Failure is null && Status is >= 200 and < 300;

    /// <summary>A whole answer that says no.</summary>
    public bool IsRefusal => Asked && Failure is null && !Succeeded;

    /// <summary>What it got, in a few words for a person.</summary>
    public string Words => Failure?.Message ?? (Redirect is null ? $"{Status}" : $"{Status}, a redirect to {Redirect.GetLeftPart(UriPartial.Path)}");

    public static Take Of(ProbeAnswer answer, Uri url, TestTenant? tenant) =>
        new()
        {
            Exchange = answer.Exchange,
            Failure = answer.Failure,
            Sketch = answer.Answered ? AnswerSketch.Of(answer, url, tenant) : null,
            Planted = answer.Answered && tenant is not null ? [.. tenant.AllPlanted.Where(data => data.StandsIn(answer.Body.Span))] : [],
            Redirect = answer.Status is >= 300 and < 400 && Uri.TryCreate(url, answer.Header("Location"), out var target) ? target : null,
        };

    /// <summary>Whether both are refusals of one kind: the same status, leading to the same place or saying about the same.</summary>
    public bool Answers(Take other) =>
        IsRefusal && Status == other.Status && (Redirect is null ? Resembles(other) : Redirect.AbsolutePath == other.Redirect?.AbsolutePath);

    /// <summary>Whether both are whole answers that say the same.</summary>
    public bool Same(Take other) => Sketch is not null && Sketch.Equals(other.Sketch);

    /// <summary>Whether both are whole answers that are one page for two URLs.</summary>
    public bool Repeats(Take other) => Sketch is not null && other.Sketch is not null && Sketch.Repeats(other.Sketch);

    /// <summary>Whether both are whole answers that could be one page with other names in it.</summary>
    public bool Resembles(Take other) => Sketch is not null && other.Sketch is not null && Sketch.Resembles(other.Sketch);
}
