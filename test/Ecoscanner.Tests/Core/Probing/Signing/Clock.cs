namespace Ecoscanner.Tests.Core.Probing.Signing;

/// <summary>A clock that a test sets.</summary>
internal sealed class Clock(DateTimeOffset now) : TimeProvider
{
    public Clock()
        : this(new DateTimeOffset(2026, 11, 5, 14, 3, 0, TimeSpan.Zero)) { }

    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
