using System.Diagnostics;
using System.Runtime.CompilerServices;
using Ecoscanner.Service.Scheduling;

namespace Ecoscanner.Cli.Commands;

/// <summary>
/// What a scanner could do at its worst, done on purpose, so that tests and operators see the platform live through it. The environment of a run's process
/// is made by the platform, and only they put this into it.
/// </summary>
internal static class WorkerFault
{
    public const string Variable = "ECOSCANNER_WORKER_FAULT";

    private const int Piece = 16 * 1024 * 1024;

    public static void Commit()
    {
        switch (Environment.GetEnvironmentVariable(Variable))
        {
            case "stack":
                Overflow(0);
                break;
            case "memory":
                for (var pieces = new List<byte[]>(); ; )
                {
                    pieces.Add(GC.AllocateUninitializedArray<byte>(Piece));
                }
            case "loop":
                for (var count = 0L; ; count++)
                {
                    GC.KeepAlive(count);
                }
            case "hang":
                new ManualResetEvent(initialState: false).WaitOne();
                break;
            case "kill":
                Process.GetCurrentProcess().Kill();
                break;
            case "exit":
                Environment.Exit(77);
                break;
            case "silence":
                Environment.Exit(0);
                break;
            case "garbage":
                File.WriteAllText(RunEvent.ReportFile, "{\"schemaVersion\": \"garbage\", \"apps\": [[[[");
                Done();
                break;
            case "deep":
                File.WriteAllText(RunEvent.ReportFile, new string('[', 100_000));
                Done();
                break;
            case "link":
                File.CreateSymbolicLink(RunEvent.ReportFile, "/etc/hostname");
                Done();
                break;
            case "large":
                using (var file = File.Create(RunEvent.ReportFile))
                {
                    for (var buffer = new byte[Piece]; ; )
                    {
                        file.Write(buffer);
                    }
                }

            case "flood":
                for (var line = new string('x', 1000); ; )
                {
                    Console.Out.WriteLine(line);
                }
            case "child":
                using (Process.Start("/bin/sh", ["-c", "echo $$ > grandchild; sleep 600"]))
                {
                    new ManualResetEvent(initialState: false).WaitOne();
                }

                break;
        }
    }

    private static void Done()
    {
        Console.Out.WriteLine(new RunEvent(RunEvent.Done).ToJson());
        Console.Out.Flush();
        Environment.Exit(0);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    private static long Overflow(long depth) => Overflow(depth + 1) + depth;
}
