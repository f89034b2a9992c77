System.Console.WriteLine("ecoscanner");
