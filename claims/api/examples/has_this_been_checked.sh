# Has this been checked?
# What says nearly the same, most alike first. A difference in the numbers is told.

curl -sG "https://facts.example/api/v1/match/" --data-urlencode "text=Twelve boats were counted."
