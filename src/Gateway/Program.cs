Console.WriteLine("iotgateway");
