module example.com/shop

go 1.24

require github.com/Gorilla/mux v1.8.1

require (
	golang.org/x/text v0.21.0 // indirect
	example.com/old v1.0.0
	example.com/here v0.0.0
)

replace example.com/old v1.0.0 => example.com/new v1.1.0
replace example.com/here => ./here

exclude golang.org/x/text v0.20.0
